// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobyardException;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.error.ErrorParts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Error as every interface reports it.
 *
 * @param status the HTTP status of the answer
 * @param line the problem, and after a semicolon the fix
 * @param errors each problem of a part, where the part is known
 * @param retryAt when to try again; null if unknown
 */
public record RequestFault(
        ErrorCode code,
        int status,
        String line,
        List<FieldProblem> errors,
        @Nullable Instant retryAt) {

    public RequestFault {
        errors = List.copyOf(errors);
    }

    /** Creates an error without a known part; its line has the problem, and after a semicolon the fix. */
    public static RequestFault of(ErrorCode code, String line) {
        return new RequestFault(code, code.status(), line, List.of(), null);
    }

    /**
     * Creates an error of one part.
     *
     * @param field the path of the part, or the option; null if the error does not belong to a single part
     * @param line the problem, and after a semicolon the fix
     */
    public static RequestFault of(ErrorCode code, @Nullable String field, String line) {
        List<FieldProblem> errors = field == null ? List.of() : List.of(new FieldProblem(field, line));
        return new RequestFault(code, code.status(), line, errors, null);
    }

    /** Reports an exception. */
    public static RequestFault of(JobyardException fault) {
        ErrorCode code = ErrorCode.named(fault.code()).orElse(ErrorCode.INTERNAL);
        String line = String.valueOf(fault.getMessage());
        List<FieldProblem> errors = fault instanceof ValidationException wrong ? wrong.problems() : List.of();
        Instant retryAt = fault instanceof QuotaException quota ? quota.retryAt() : null;
        return new RequestFault(code, code.status(), line, errors, retryAt);
    }

    /** Returns the path of the invalid part, or the option; null if the part is unknown, or if there are several. */
    public @Nullable String field() {
        return errors.size() == 1 ? errors.get(0).field() : null;
    }

    /** Returns the problem, without the fix. */
    public String message() {
        return parts().message();
    }

    /** Returns the fix. */
    public String fix() {
        return parts().fix();
    }

    /** Splits the line. If it reports several errors, a semicolon separates them instead of a fix. */
    private ErrorParts parts() {
        return errors.size() > 1 ? new ErrorParts(line, code.fix()) : ErrorParts.of(code, line);
    }

    /** Returns how long to wait, for the header {@code Retry-After}: whole seconds, at least 1; empty if the time is unknown. */
    public Optional<String> retryAfter(Instant now) {
        return Optional.ofNullable(retryAt)
                .map(then -> Math.max(0, Duration.between(now, then).toMillis()))
                .map(millis -> String.valueOf(Math.max(1, (millis + 999) / 1_000)));
    }
}
