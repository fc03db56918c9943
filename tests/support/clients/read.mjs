// Reads a feed from stdin with a JavaScript client and prints what it shows: node read.mjs CLIENT FIRST LAST
// (days, both included; more may be printed). A record has the fields of `Seen` in seen.py; days as 2017-11-02, times in UTC.
import { readFileSync } from "node:fs";

const [client, first, last] = process.argv.slice(2);
const feed = readFileSync(0, "utf8");
const readers = { "ical.js": icaljs, "node-ical": nodeical };
process.stdout.write(JSON.stringify(await readers[client]()));

async function icaljs() {
  const ICAL = (await import("ical.js")).default;
  const calendar = new ICAL.Component(ICAL.parse(feed));
  // Thunderbird knows the feed's own zones only: a TZID without VTIMEZONE would float.
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

  const events = calendar.getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
  const masters = events.filter((event) => !event.isRecurrenceException());
  for (const event of events.filter((event) => event.isRecurrenceException())) {
    masters.find((master) => master.uid === event.uid).relateException(event);
  }
  return masters.flatMap((master) => [...occurrences(master)]);

  function* occurrences(master) {
    if (!master.isRecurring()) return yield record(master, master.startDate, master.endDate);
    const starts = master.iterator();
    for (let start = starts.next(); start && start.toString().slice(0, 10) <= last; start = starts.next()) {
      const shown = master.getOccurrenceDetails(start);
      yield record(shown.item, shown.startDate, shown.endDate);
    }
  }

  function record(event, start, end) {
    const text = (name) => event.component.getFirstPropertyValue(name)?.toString() ?? "";
    const categories = event.component.getAllProperties("categories").flatMap((line) => line.getValues());
    return {
      start: when(start),
      end: when(end),
      uid: event.uid,
      summary: text("summary"),
      description: text("description"),
      location: text("location"),
      status: text("status"),
      url: text("url"),
      transp: text("transp"),
      categories,
      sequence: event.sequence ?? 0,
    };
  }

  function when(time) {
    if (time.isDate) return time.toString();
    if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${time} floats: no zone came with it`);
    return new Date(time.toUnixTime() * 1000).toISOString();
  }
}

async function nodeical() {
  const ical = (await import("node-ical")).default;
  const events = Object.values(ical.sync.parseICS(feed)).filter((part) => part.type === "VEVENT");
  const from = new Date(`${first}T00:00:00`);
  const to = new Date(`${last}T23:59:59`);
  return events
    .flatMap((event) => ical.expandRecurringEvent(event, { from, to, expandOngoing: true }))
    .map(({ event, isFullDay, start, end }) => ({
      start: isFullDay ? day(start) : start.toISOString(),
      end: isFullDay ? day(end) : end.toISOString(),
      uid: event.uid,
      summary: text(event.summary),
      description: text(event.description),
      location: text(event.location),
      status: text(event.status),
      url: text(event.url),
      transp: text(event.transparency),
      categories: event.categories ?? [],
      sequence: Number(event.sequence ?? 0),
    }));

  // A property with parameters is an object.
  function text(value) {
    return value?.val ?? value ?? "";
  }

  // node-ical's days are midnights of the machine's own zone.
  function day(time) {
    const two = (number) => String(number).padStart(2, "0");
    return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  }
}
