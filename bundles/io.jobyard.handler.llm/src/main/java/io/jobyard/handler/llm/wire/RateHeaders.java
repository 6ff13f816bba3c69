// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rate limits of the provider from the headers of an answer, in both formats. Unknown headers are ignored. */
public final class RateHeaders {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern SPANS = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))+");
    private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");

    private final HttpHeaders headers;
    private final Instant now;

    /**
     * Remaining amount of a unit.
     *
     * @param unit {@code requests} or {@code tokens}
     * @param until time at which the full amount is available, at most one day from now
     */
    public record Remaining(String unit, double left, Instant until) {}

    public RateHeaders(HttpHeaders headers, Instant now) {
        this.headers = headers;
        this.now = now;
    }

    public List<Remaining> remaining() {
        return Stream.of("requests", "tokens")
                .map(this::remaining)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Remaining remaining(String unit) {
        Double left = number("x-ratelimit-remaining-" + unit)
                .or(() -> number("anthropic-ratelimit-" + unit + "-remaining"))
                .orElse(null);
        return left == null || left < 0
                ? null
                : new Remaining(unit, left, now.plus(reset(unit).orElse(Duration.ZERO)));
    }

    /** Returns the delay before the next call: the provider's value, or the time until the used units are available. */
    public Optional<Duration> retryAfter() {
        return number("retry-after-ms")
                .map(millis -> Duration.ofMillis(millis.longValue()))
                .or(() -> number("retry-after").map(RateHeaders::seconds))
                .or(() -> header("retry-after").flatMap(this::untilDate))
                .map(RateHeaders::bounded);
    }

    /** Returns the time until the used units are available; with two units, the later time. */
    public Optional<Duration> reset() {
        return remaining().stream()
                .filter(remaining -> remaining.left() < 1)
                .map(remaining -> Duration.between(now, remaining.until()))
                .filter(wait -> !wait.isZero())
                .reduce((one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private Optional<Duration> reset(String unit) {
        return header("x-ratelimit-reset-" + unit)
                .flatMap(RateHeaders::spans)
                .or(() -> header("anthropic-ratelimit-" + unit + "-reset").flatMap(this::untilInstant))
                .map(RateHeaders::bounded);
    }

    private Optional<String> header(String name) {
        return headers.firstValue(name).map(String::strip);
    }

    private Optional<Double> number(String name) {
        return header(name)
                .filter(text -> text.matches("\\d{1,15}(\\.\\d{1,9})?"))
                .map(Double::valueOf);
    }

    /** Parses a duration, for example {@code 6m0s} or {@code 120ms}. A number without a unit means seconds. */
    private static Optional<Duration> spans(String text) {
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.of(seconds(Double.parseDouble(text)));
        }
        if (text.length() > 40 || !SPANS.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration all = Duration.ZERO;
        Matcher span = SPAN.matcher(text);
        while (span.find()) {
            double amount = Double.parseDouble(span.group(1));
            all = all.plus(seconds(amount * factor(span.group(2))));
        }
        return Optional.of(all);
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "ms" -> 0.001;
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 1;
        };
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.min(seconds * 1_000, LONGEST.toMillis()));
    }

    private Optional<Duration> untilDate(String text) {
        return until(
                text,
                date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
    }

    private Optional<Duration> untilInstant(String text) {
        return until(
                text,
                date -> ZonedDateTime.parse(date, DateTimeFormatter.ISO_DATE_TIME)
                        .toInstant());
    }

    private Optional<Duration> until(String text, Function<String, Instant> parser) {
        try {
            return Optional.of(Duration.between(now, parser.apply(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
