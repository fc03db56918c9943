for (const field of document.querySelectorAll("input.address")) {
  const { copy, copied } = field.closest("[data-copy]").dataset
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = copy
  button.addEventListener("click", async () => {
    field.select()
    try { await navigator.clipboard.writeText(field.value) } catch { document.execCommand("copy") }
    button.textContent = copied
  })
  field.after(button)
}
