// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Error of a request. The message contains the problem and the fix in one line. An error from the host has an HTTP
 * status and the host's code, for example {@code not_found}, {@code validation} or {@code state_conflict}. An error
 * that the client found has status 0 and one of these codes:
 *
 * <ul>
 *   <li>{@code unreachable}: no answer in time;
 *   <li>{@code untrusted}: this Java does not trust the host's certificate, or the host does not support TLS;
 *   <li>{@code uncertain}: no answer, but the host may have executed the request;
 *   <li>{@code job_failed}, {@code job_cancelled}: the job with the awaited result failed or was cancelled;
 *   <li>{@code no_result}: the job completed without a result, or the caller may not see the result;
 *   <li>{@code wrong_type}: the JSON cannot be converted to the requested class;
 *   <li>{@code bad_answer}: the answer is not from a Jobyard host;
 *   <li>{@code validation}: an argument is invalid;
 *   <li>{@code interrupted}: the thread was interrupted; its interrupt flag is set again;
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

    /** Creates an exception for an invalid argument. */
    static JobyardClientException of(ValidationException e) {
        return new JobyardClientException(0, e.code(), e.field(), String.valueOf(e.getMessage()), null, null, e);
    }

    /** Creates an exception for an error that the client found. */
    static JobyardClientException own(String code, String message, @Nullable Throwable cause) {
        return new JobyardClientException(0, code, null, message, null, null, cause);
    }

    /**
     * Returns the HTTP status of the answer.
     *
     * @return 400 to 599; 0 for an error that the client found
     */
    public int status() {
        return status;
    }

    /**
     * Returns the error code, for programs.
     *
     * @return the code, which is stable
     */
    public String code() {
        return code;
    }

    /**
     * Returns the path of the invalid part of the request.
     *
     * @return for example {@code payload.url}; empty unless one part is invalid
     */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /**
     * Returns the fix, with which the message ends.
     *
     * @return one line; empty for an error that the client found
     */
    public Optional<String> fix() {
        return Optional.ofNullable(fix);
    }

    /**
     * Returns how long to wait before you repeat the request.
     *
     * @return the time from the host; empty if the host gave none
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
