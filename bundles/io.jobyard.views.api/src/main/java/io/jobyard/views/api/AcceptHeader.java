// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Accept} of a request, by which a representation is chosen as section 12.5.1 of RFC 9110 describes. An immutable value.
 *
 * <p>No representation here has parameters, so parameters of a media range other than {@code q} do not count. A range that is malformed
 * is ignored; a header without any range accepts everything, like a missing header.
 */
public final class AcceptHeader {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]++|\\\\.)*+\"";
    private static final Pattern ELEMENT = Pattern.compile("(?:[^,\"]++|" + QUOTED + ")++");
    private static final Pattern RANGE = Pattern.compile("(" + TOKEN + ")(?:/(" + TOKEN + "))?((?:\\s*+;[^;\"]*+(?:"
            + QUOTED + ")?+)*+)"); // a single * stands for */*: the JDK's HttpURLConnection sends it
    private static final Pattern QUALITY = Pattern.compile(";\\s*q=([^;\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?|\\.[0-9]{1,3}");

    private static final Range NOTHING = new Range("", "", 0);
    private static final Comparator<Range> BY_PRECISION =
            Comparator.comparingInt(Range::precision).thenComparingDouble(Range::quality);

    private final List<Range> ranges;

    private AcceptHeader(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** Parses a header, with several header lines joined by commas; null if the request has none. */
    public static AcceptHeader of(@Nullable String header) {
        List<Range> ranges = new ArrayList<>();
        Matcher element = ELEMENT.matcher(header == null ? "" : header);
        while (element.find()) {
            Range.read(element.group().strip()).ifPresent(ranges::add);
        }
        return new AcceptHeader(ranges.isEmpty() ? List.of(new Range("*", "*", 1)) : ranges);
    }

    /**
     * Chooses the representation that the client prefers.
     *
     * @param offered media types without parameters, the server's preferred type first
     * @return the type with the highest quality; among equal qualities, the type that the header matches most precisely, then the
     * first; empty if none is acceptable
     */
    public Optional<String> choose(List<String> offered) {
        String best = null;
        Range reason = NOTHING;
        for (String type : offered) {
            Range range = mostPrecise(type);
            boolean isBetter = range.quality() > reason.quality()
                    || range.quality() == reason.quality() && range.precision() > reason.precision();
            if (range.quality() > 0 && isBetter) {
                best = type;
                reason = range;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns whether a representation is acceptable: the quality of its media type, without parameters, is above zero. */
    public boolean accepts(String type) {
        return mostPrecise(type).quality() > 0;
    }

    private Range mostPrecise(String type) {
        return ranges.stream()
                .filter(range -> range.covers(type))
                .max(BY_PRECISION)
                .orElse(NOTHING);
    }

    private record Range(String type, String subtype, double quality) {

        static Optional<Range> read(String element) {
            Matcher range = RANGE.matcher(element);
            if (!range.matches() || range.group(2) == null && !range.group(1).equals("*")) {
                return Optional.empty();
            }
            String subtype = range.group(2) == null ? "*" : range.group(2);
            Matcher quality = QUALITY.matcher(range.group(3));
            if (!quality.find()) {
                return Optional.of(new Range(lower(range.group(1)), lower(subtype), 1));
            }
            return WEIGHT.matcher(quality.group(1)).matches()
                    ? Optional.of(
                            new Range(lower(range.group(1)), lower(subtype), Double.parseDouble(quality.group(1))))
                    : Optional.empty();
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }

        boolean covers(String media) {
            return type.equals("*") && subtype.equals("*")
                    || subtype.equals("*") && media.startsWith(type + "/")
                    || media.equals(type + "/" + subtype);
        }

        int precision() {
            return (type.equals("*") ? 0 : 1) + (subtype.equals("*") ? 0 : 1);
        }
    }
}
