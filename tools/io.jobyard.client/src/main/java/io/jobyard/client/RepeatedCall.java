// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request, repeated until an answer or the end of its time. No thread waits for it. */
final class RepeatedCall {

    private static final int TOO_MANY = 429;
    private static final Set<Integer> PASSING = Set.of(408, TOO_MANY, 502, 503, 504);

    private final HttpCalls calls;
    private final HttpCall call;
    private final long endNanos;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<JsonNode> current;
    /** The latest answer of a host, which says more than a lost connection. Attempts follow each other. */
    private volatile @Nullable JobyardClientException refusal;

    RepeatedCall(HttpCalls calls, HttpCall call) {
        this.calls = calls;
        this.call = call;
        endNanos = System.nanoTime() + calls.timeout().toNanos();
    }

    /** Sends the request. Cancelling the future ends the current attempt, and prevents others. */
    CompletableFuture<JsonNode> start() {
        answer.whenComplete((json, fault) -> cancel(current));
        attempt(0);
        return answer;
    }

    private static void cancel(@Nullable CompletableFuture<?> attempt) {
        if (attempt != null) {
            attempt.cancel(true);
        }
    }

    private void attempt(int repeat) {
        if (answer.isDone()) {
            return;
        }
        CompletableFuture<JsonNode> attempt = calls.attempt(call, Duration.ofNanos(endNanos - System.nanoTime()));
        current = attempt;
        if (answer.isDone()) {
            attempt.cancel(true);
        }
        attempt.whenComplete((json, fault) -> {
            if (fault == null) {
                answer.complete(json);
            } else if (fault instanceof JobyardClientException problem) {
                repeat(repeat, problem);
            } else {
                answer.completeExceptionally(fault);
            }
        });
    }

    private void repeat(int repeat, JobyardClientException problem) {
        Duration pause = RetryPause.before(repeat, problem.retryAfter().orElse(null));
        if (!mayComeAgain(problem) || System.nanoTime() + pause.toNanos() > endNanos) {
            JobyardClientException before = refusal;
            answer.completeExceptionally(before != null && wasCutShort(problem) ? before : problem);
            return;
        }
        if (problem.status() != 0) {
            refusal = problem;
        }
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS).execute(() -> attempt(repeat + 1));
    }

    static boolean isPassing(JobyardClientException e) {
        return PASSING.contains(e.status()) && !e.code().equals("busy")
                || e.code().equals("unreachable");
    }

    private boolean mayComeAgain(JobyardClientException e) {
        boolean refused = e.status() == TOO_MANY || e.getCause() instanceof ConnectException;
        return isPassing(e) && (call.safe() || refused);
    }

    private static boolean wasCutShort(JobyardClientException e) {
        return e.code().equals("unreachable") && e.getCause() instanceof TimeoutException;
    }
}
