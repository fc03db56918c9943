"""Publish entries as iCalendar feeds: which feeds there are, what each holds, and its bytes (RFC 5545, RFC 7986)."""

from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.feeds import ALL_FEED, CalendarFeed, feed_names, matching_entries, select_feeds
from wavectl.publishing.ical.vcalendar import CalendarTitle, RenderedCalendar, render_calendar
from wavectl.publishing.ical.vevent import FeedEntry, FeedOptions

__all__ = [
    "ALL_FEED",
    "CalendarFeed",
    "CalendarTitle",
    "EntryTexts",
    "FeedEntry",
    "FeedOptions",
    "RenderedCalendar",
    "feed_names",
    "matching_entries",
    "render_calendar",
    "select_feeds",
]
