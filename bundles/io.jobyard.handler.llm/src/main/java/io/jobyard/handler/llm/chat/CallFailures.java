// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.wire.AnswerTooLargeException;
import io.jobyard.handler.llm.wire.BadAnswerException;
import io.jobyard.handler.llm.wire.ProviderError;
import io.jobyard.handler.llm.wire.ProviderFailedException;
import io.jobyard.handler.llm.wire.RateHeaders;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Failures of calls, and their effects on the run. Messages quote the provider's message, but never the key, the prompt
 * or the answer.
 */
final class CallFailures {

    private static final Set<Integer> RETRYABLE = Set.of(408, 409, 425);
    private static final Set<Integer> LIMITED = Set.of(429, 529);
    private static final Set<String> LIMITED_CODES =
            Set.of("overloaded_error", "rate_limit_error", "rate_limit_exceeded");
    private static final String NO_MONEY = "insufficient_quota";

    private static final Duration UNTOLD = Duration.ofSeconds(30);
    private static final Duration PAYMENT_TAKES = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final int MOST_SAID = 300;
    /** Additional characters to read, so that no part of a key remains in the text after the cut. */
    private static final int MOST_READ = 32_768;

    private final Endpoint endpoint;
    private final UnaryOperator<String> redaction;
    private final int attempt;

    /**
     * Creates the object without a failure.
     *
     * @param redaction removes secrets from a text before it is cut
     * @param attempt number of the job's attempt
     */
    CallFailures(Endpoint endpoint, UnaryOperator<String> redaction, int attempt) {
        this.endpoint = endpoint;
        this.redaction = redaction;
        this.attempt = attempt;
    }

    /** Returns the failure of a call with an error status. Nothing was charged. */
    ModelCallException refused(int status, RateHeaders headers, ProviderError error) {
        Duration told = headers.retryAfter().orElse(null);
        if (isOverload(status) || told != null) {
            Duration wait = told != null ? told : untold(headers, error.code());
            return limited("refused the call (" + status + ")" + said(error), wait, true);
        }
        if (status >= 500 || RETRYABLE.contains(status)) {
            return retryable("failed (" + status + ")" + said(error), null, status >= 500);
        }
        return new ModelCallException(new PermanentException(name() + refusal(status, error)), false);
    }

    /** Returns whether an endpoint refuses calls with this status because it has too many of them. */
    static boolean isOverload(int status) {
        return LIMITED.contains(status);
    }

    private static Duration untold(RateHeaders headers, String code) {
        return code.equals(NO_MONEY) ? PAYMENT_TAKES : headers.reset().orElse(UNTOLD);
    }

    private String refusal(int status, ProviderError error) {
        if (status >= 300 && status < 400) {
            return " answers with a redirect (" + status + "): set url to the redirect's target";
        }
        if (endpoint.secret() == null && (status == 401 || status == 403)) {
            return " requires a key (" + status + "): set its secret in io.jobyard.llm.endpoints-" + endpoint.name()
                    + " (secret = NAME)";
        }
        return switch (status) {
            // a provider may quote a part of the key here, which redaction cannot find
            case 401 -> " rejects the key (401): update the secret " + endpoint.secret();
            case 403 ->
                " does not allow this request for the key of secret " + endpoint.secret() + " (403)" + said(error);
            default -> " rejects the request (" + status + ")" + said(error);
        };
    }

    private String said(ProviderError error) {
        String message = error.message();
        String read = redaction.apply(message.substring(0, Math.min(message.length(), MOST_READ)));
        return message.isEmpty() ? "" : ": " + (read.length() > MOST_SAID ? read.substring(0, MOST_SAID) + "…" : read);
    }

    /** Returns the failure of a call before its answer began. */
    ModelCallException unreachable(Throwable fault) {
        return retryable(
                "cannot be reached at " + endpoint.url() + " ("
                        + fault.getClass().getSimpleName() + ")",
                fault,
                true);
    }

    /** Returns whether nothing of the call was sent. */
    static boolean isUnsent(Throwable fault) {
        return fault instanceof ConnectException
                || fault instanceof HttpConnectTimeoutException
                || fault instanceof SSLHandshakeException
                || ModelHttp.isFull(fault);
    }

    /** Returns whether the endpoint or its connection failed, and not the run. */
    static boolean isOfEndpoint(Throwable fault) {
        return fault instanceof IOException
                || fault instanceof TimeoutException
                || fault instanceof BadAnswerException
                || fault instanceof AnswerTooLargeException
                || fault instanceof ProviderFailedException;
    }

    /** Returns the failure of an incomplete answer. The prompt and the received part are charged. A failure of the run is returned as it is. */
    RuntimeException broken(Throwable fault, boolean hasBegun) {
        if (!isOfEndpoint(fault)) {
            return fault instanceof RuntimeException ofRun ? ofRun : new CompletionException(fault);
        }
        if (fault instanceof AnswerTooLargeException) {
            return new ModelCallException(new PermanentException(name() + ": " + fault.getMessage(), fault), false);
        }
        if (fault instanceof ProviderFailedException failed) {
            String what = "failed while sending its response" + said(failed.error());
            return LIMITED_CODES.contains(failed.error().code())
                    ? limited(what, UNTOLD, false)
                    : retryable(what, fault, false);
        }
        if (fault instanceof TimeoutException) {
            return retryable(
                    hasBegun
                            ? "sent nothing for " + endpoint.answers().idle().toSeconds()
                                    + " s during its response (idle.seconds)"
                            : "did not start its response within "
                                    + endpoint.answers().firstByte().toSeconds() + " s (timeout.seconds)",
                    fault,
                    false);
        }
        return retryable(
                fault instanceof IOException
                        ? "closed the connection before the response was complete"
                        : "sent an invalid response: " + fault.getMessage(),
                fault,
                false);
    }

    private ModelCallException limited(String what, Duration wait, boolean isElsewherePossible) {
        Duration bounded = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
        return new ModelCallException(
                new RateLimitedException(name() + " " + what, bounded, null), isElsewherePossible);
    }

    /**
     * Returns a failure that is retried after a delay. The delay grows with each attempt and has a random part, so that not all jobs retry
     * at once.
     */
    private ModelCallException retryable(String what, @Nullable Throwable fault, boolean isElsewherePossible) {
        long most = SHORTEST.toMillis() << Math.min(attempt, MOST_DOUBLINGS);
        Duration delay =
                Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        return new ModelCallException(new RetryableException(name() + " " + what, delay, fault), isElsewherePossible);
    }

    private String name() {
        return "endpoint " + endpoint.name();
    }
}
