// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why something was not done. The message says what is wrong and what to do, in one line. What a host says has a status of HTTP and
 * the host's code, such as {@code not_found}, {@code validation} or {@code state_conflict}. What the client itself finds has status 0
 * and one of these codes:
 *
 * <ul>
 *   <li>{@code unreachable}: there was no answer in time;
 *   <li>{@code untrusted}: the host's certificate is not one that this Java trusts, or it speaks no TLS;
 *   <li>{@code uncertain}: there was no answer, and the request may have been done all the same;
 *   <li>{@code not_over}: the job that was awaited has not ended in time;
 *   <li>{@code job_failed}, {@code job_cancelled}: the job whose result was awaited has none;
 *   <li>{@code no_result}: it has completed without a result, or with one that the caller may not see;
 *   <li>{@code wrong_type}: JSON could not be read as the class that was asked for;
 *   <li>{@code bad_answer}: the answer is not that of a Jobyard;
 *   <li>{@code validation}: what was given to the client is refused by itself;
 *   <li>{@code interrupted}: the thread was interrupted; it is marked so again;
 *   <li>{@code closed}: the client was closed.
 * </ul>
 */
public final class JobyardClientException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;
    private final @Nullable String fix;
    private final @Nullable Duration retryAfter;

    JobyardClientException(
            int status,
            String code,
            @Nullable String field,
            String message,
            @Nullable String fix,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.field = field;
        this.fix = fix;
        this.retryAfter = retryAfter;
    }

    /** What the client itself finds. */
    static JobyardClientException own(String code, String message, @Nullable Throwable cause) {
        return new JobyardClientException(0, code, null, message, null, null, cause);
    }

    /**
     * The status of the answer.
     *
     * @return 400 to 599; 0 of what the client itself found
     */
    public int status() {
        return status;
    }

    /**
     * The kind of fault, for programs.
     *
     * @return a word that stays what it is
     */
    public String code() {
        return code;
    }

    /**
     * The path of the part of the request that is wrong.
     *
     * @return such as {@code payload.url}; empty unless there is one such part
     */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /**
     * What to do, with which the message ends.
     *
     * @return one line; empty of what the client itself found
     */
    public Optional<String> fix() {
        return Optional.ofNullable(fix);
    }

    /**
     * How long to wait before the same is asked again.
     *
     * @return what the host said; empty if it said nothing
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
