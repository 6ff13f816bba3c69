// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ValidationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Template of a payload, whose placeholders are replaced by times.
 *
 * @param fireAt scheduled time of the job
 * @param lastCompletedAt time at which a job of the schedule last completed; null if none has
 * @param zone zone for patterns
 */
record PayloadTemplate(Instant fireAt, @Nullable Instant lastCompletedAt, ZoneId zone) {

    static final String FIRE_AT = "fireAt";
    static final String LAST_COMPLETED_AT = "lastCompletedAt";

    /** Matches {@code ${WORD}} or {@code ${WORD:REST}}. A doubled dollar sign stands for a single one. */
    private static final Pattern WORD = Pattern.compile("\\$\\$\\{|\\$\\{([^}:]*)(?::([^}]*))?}");

    /** Words that are replaced at the start of the run. */
    private static final String SECRET = "secret";

    /** Fills a payload of maps and lists. */
    Object fill(@Nullable Object payload) {
        return Objects.requireNonNull(filled(payload));
    }

    /** Returns whether a text contains the time of the last completion. */
    static boolean asksForLast(@Nullable Object json) {
        return String.valueOf(json).contains("${" + LAST_COMPLETED_AT);
    }

    private @Nullable Object filled(@Nullable Object value) {
        if (value instanceof String text) {
            return text.contains("${") ? filled(text) : text;
        } else if (value instanceof List<?> list) {
            return list.stream().map(this::filled).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> filled = new LinkedHashMap<>();
            map.forEach((key, each) -> filled.put(key, filled(each)));
            return filled;
        }
        return value;
    }

    private String filled(String text) {
        return WORD.matcher(text).replaceAll(found -> Matcher.quoteReplacement(filled(found)));
    }

    private String filled(MatchResult found) {
        String word = found.group(1);
        if (word == null) {
            return "${";
        } else if (word.equals(SECRET) && found.group(2) != null) {
            return found.group();
        } else if (word.equals(FIRE_AT)) {
            return written(fireAt, found.group(2));
        } else if (word.equals(LAST_COMPLETED_AT)) {
            return written(lastCompletedAt, found.group(2));
        }
        throw new ValidationException("unknown placeholder '" + found.group() + "' in the payload: use ${" + FIRE_AT
                + "}, ${" + LAST_COMPLETED_AT + "} or ${secret:NAME}; write $${ for a plain ${");
    }

    private String written(@Nullable Instant instant, @Nullable String pattern) {
        if (instant == null) {
            return "";
        } else if (pattern == null) {
            return instant.toString();
        }
        try {
            return DateTimeFormatter.ofPattern(pattern).format(instant.atZone(zone));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ValidationException("invalid pattern '" + pattern + "' in the payload: " + e.getMessage());
        }
    }
}
