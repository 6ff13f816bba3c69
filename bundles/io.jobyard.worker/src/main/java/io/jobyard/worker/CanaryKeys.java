// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.handlers.CanaryRules;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Parses the settings that select the jobs of a canary. */
final class CanaryKeys {

    private static final String CANARY = "canary";
    private static final String USE =
            "use a version or version range, a colon and a share, for example 1.3:5 % or [1.3,1.4):0.5 %";
    private static final int WHOLE = 100;
    private static final int MOST_PARTS = 3;

    private CanaryKeys() {}

    static @Nullable CanaryRules read(SettingsReader reader) {
        CanaryPart share = reader.optional(CANARY, CanaryKeys::share);
        CanaryRules.By by = reader.value("canary.by", CanaryRules.By.SUBMITTER, CanaryKeys::by);
        int minimum = reader.integer("canary.min.runs", 20, 1, 10_000);
        int worse = reader.integer("canary.max.worse.percent", 10, 0, WHOLE);
        int window = reader.integer("canary.window.seconds", 3_600, 1, 86_400);
        boolean isMeant = Stream.of("by", "min.runs", "max.worse.percent", "window.seconds")
                .anyMatch(key -> reader.has(CANARY + "." + key));
        if (isMeant && !reader.has(CANARY)) {
            reader.refuse("canary is missing: without it, no job is sent to another version; " + USE);
        }
        return share == null
                ? null
                : new CanaryRules(
                        share.versions().toString(), share.percent(), by, minimum, worse, Duration.ofSeconds(window));
    }

    private record CanaryPart(VersionRange versions, double percent) {}

    private static CanaryPart share(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(USE);
        }
        return new CanaryPart(
                versions(text.substring(0, colon).strip()),
                percent(text.substring(colon + 1).strip()));
    }

    /**
     * Returns the version range of the text. A single version matches all versions that begin with it: 1.3 matches 1.3.0, 1.3.1 and so on.
     */
    private static VersionRange versions(String text) {
        VersionRange range;
        try {
            range = text.startsWith("[") || text.startsWith("(") ? new VersionRange(text) : only(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(USE, e);
        }
        if (range.isEmpty()) {
            throw new IllegalArgumentException("the range contains no version; " + USE);
        }
        return range;
    }

    private static VersionRange only(String text) {
        Version version = Version.parseVersion(text);
        String[] parts = text.split("\\.");
        return switch (Math.min(parts.length, MOST_PARTS + 1)) {
            case 1 -> below(version, new Version(version.getMajor() + 1, 0, 0));
            case 2 -> below(version, new Version(version.getMajor(), version.getMinor() + 1, 0));
            case MOST_PARTS ->
                below(version, new Version(version.getMajor(), version.getMinor(), version.getMicro() + 1));
            default -> new VersionRange(VersionRange.LEFT_CLOSED, version, version, VersionRange.RIGHT_CLOSED);
        };
    }

    private static VersionRange below(Version from, Version to) {
        return new VersionRange(VersionRange.LEFT_CLOSED, from, to, VersionRange.RIGHT_OPEN);
    }

    private static double percent(String text) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        try {
            double percent = Double.parseDouble(number);
            if (percent >= 0 && percent <= WHOLE) {
                return percent;
            }
        } catch (NumberFormatException e) {
            // rejected below, like a number out of range
        }
        throw new IllegalArgumentException("a share must be 0 to 100 %; " + USE);
    }

    private static CanaryRules.By by(String text) {
        return Arrays.stream(CanaryRules.By.values())
                .filter(by -> by.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("use "
                        + Arrays.stream(CanaryRules.By.values())
                                .map(CanaryRules.By::text)
                                .collect(Collectors.joining(", "))));
    }
}
