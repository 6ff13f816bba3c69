// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.text.Glob;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.queues-NAME}.
 *
 * @param types types that are routed to the queue if a job requests none
 * @param paused whether its jobs may not start
 * @param allows limits of simultaneous runs, and of starts per time
 * @param guard bounds of the backlog alert
 */
record NamedQueueSettings(List<Glob> types, boolean paused, LimitSettings allows, BacklogBounds guard) {

    static final String FACTORY = "io.jobyard.queues";
    private static final Pattern PERCENT = Pattern.compile("([1-9][0-9]?|100)%");
    static final NamedQueueSettings NOT_CONFIGURED =
            new NamedQueueSettings(List.of(), false, LimitSettings.UNBOUNDED, BacklogBounds.NONE);

    NamedQueueSettings {
        types = List.copyOf(types);
    }

    static NamedQueueSettings read(SettingsReader reader) {
        List<Glob> types = reader.value("types", List.of(), Glob::list);
        boolean paused = reader.value("paused", false, NamedQueueSettings::truth);
        boolean isShare = reader.text("running.max", "").strip().endsWith("%");
        Integer percent = isShare ? reader.optional("running.max", NamedQueueSettings::percent) : null;
        Integer runningMax = isShare ? null : LimitSettings.runningMax(reader);
        Rate rate = reader.optional("rate", Rate::parse);
        Map<String, Rate> rates = rate == null ? Map.of() : Map.of(Unit.STARTS, rate);
        LimitSettings allows = new LimitSettings(runningMax, rates, null);
        return new NamedQueueSettings(
                types, paused, percent == null ? allows : allows.withPercent(percent), BacklogBounds.read(reader));
    }

    private static Integer percent(String text) {
        if (!PERCENT.matcher(text).matches()) {
            throw new IllegalArgumentException("use a number from 1 to 100000, or a share, for example 50%");
        }
        return Integer.valueOf(text.substring(0, text.length() - 1));
    }

    /**
     * Returns the settings of a queue whose configuration has never been valid. Jobs are routed to it, if their types can be read, but none
     * starts.
     */
    static NamedQueueSettings shut(Map<String, ?> raw, String fault) {
        List<Glob> types = new SettingsReader(raw).value("types", List.of(), Glob::list);
        return new NamedQueueSettings(types, false, LimitSettings.shut(fault), BacklogBounds.NONE);
    }

    boolean takes(String type) {
        return types.stream().anyMatch(glob -> glob.matches(type));
    }

    @Nullable
    Rate rate() {
        return allows.rates().get(Unit.STARTS);
    }

    private static boolean truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("use true or false");
    }

    @Override
    public String toString() {
        if (allows.fault() != null) {
            return "a shut queue";
        }
        String globs = types.stream().map(Glob::text).collect(Collectors.joining(","));
        String max = allows.runningPercent() != null
                ? allows.runningPercent() + "%"
                : allows.runningMax() == null ? "none" : String.valueOf(allows.runningMax());
        Rate rate = rate();
        return "types = " + (types.isEmpty() ? "none" : globs) + ", running.max = " + max + ", rate = "
                + (rate == null ? "none" : rate) + ", paused = " + paused + ", " + guard;
    }
}
