// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.RunUsage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Verdict on a response by its status. */
final class StatusVerdict {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    /** Statuses with which the server declares that it did not process the request. */
    private static final Set<Integer> NOT_DONE = Set.of(425, 429);

    /** Statuses of a server that has too many requests. */
    private static final Set<Integer> OVERLOADED = Set.of(429, 529);

    private static final int TOLD_CHARACTERS = 500;
    /** Additional bytes to redact, so that no part of a secret remains in the text after the cut. */
    private static final int REDACTED_BYTES = 32_768;

    private final @Nullable List<Object> expected;
    private final Clock clock;
    private final UnaryOperator<String> redaction;
    private final RunUsage usage;

    /**
     * Creates the verdict of a run.
     *
     * @param expected numbers and classes such as {@code 2xx}; null for {@code 2xx}
     * @param redaction redacts secrets in a text before it is cut
     * @param usage receives the load of the server
     */
    StatusVerdict(@Nullable List<Object> expected, Clock clock, UnaryOperator<String> redaction, RunUsage usage) {
        this.expected = expected;
        this.clock = clock;
        this.redaction = redaction;
        this.usage = usage;
    }

    /** Throws the exception that the status implies for the job, if the status is not expected. */
    void require(FollowedCall call, boolean isRepeatable) {
        CallAnswer answer = call.answer();
        if (isExpected(answer.status())) {
            return;
        }
        if (OVERLOADED.contains(answer.status())) {
            usage.overloaded();
        }
        String told = call.target().origin() + " answered with status " + answer.status();
        if (!PASSING.contains(answer.status()) && answer.status() < 500) {
            throw new PermanentException(told + body(answer));
        } else if (!isRepeatable && !NOT_DONE.contains(answer.status())) {
            throw new PermanentException(HttpRequest.notAgain(told) + body(answer));
        }
        again(told + body(answer), answer);
    }

    private void again(String message, CallAnswer answer) {
        Optional<Duration> after = RetryAfter.parse(answer.header("retry-after"), clock.instant());
        if (after.isEmpty()) {
            throw new CallFailedException(message, true, null);
        } else if (answer.status() == 429) {
            throw new RateLimitedException(message, after.get(), null);
        }
        throw new RetryableException(message, after.get(), null);
    }

    private boolean isExpected(int status) {
        return expected == null || expected.isEmpty()
                ? status / 100 == 2
                : expected.stream()
                        .map(Object::toString)
                        .anyMatch(each -> each.equals(status + "") || each.equals(status / 100 + "xx"));
    }

    private String body(CallAnswer answer) {
        int length = Math.min(answer.body().length, REDACTED_BYTES);
        String text = redaction.apply(new String(answer.body(), 0, length, StandardCharsets.UTF_8).strip());
        return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(text.length(), TOLD_CHARACTERS));
    }
}
