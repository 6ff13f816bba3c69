// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.AccessException;
import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.IdempotencyKeyException;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobyardException;
import io.jobyard.api.NotFoundException;
import io.jobyard.api.QuotaException;
import io.jobyard.api.RequestUnfinishedException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong, as HTTP says it: a problem document of RFC 9457, of type {@value #MEDIA_TYPE}. */
public final class ProblemView {

    /** The media type of the document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int PRECONDITION_FAILED = 412;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private static final View<FieldProblem> FIELD_PROBLEM = View.<FieldProblem>of(
                    "field problem", "What is wrong with one part of a request.")
            .text("field", "the path of the part, such as `payload` or `jobs[3].payload.url`", FieldProblem::field)
            .text("message", "what is wrong with it", FieldProblem::message);

    /** What is wrong. */
    public static final View<RequestProblem> PROBLEM = View.<RequestProblem>of("problem", "Why a request was not done.")
            .text("type", "a name for the kind of problem", problem -> "urn:jobyard:problem:" + problem.code())
            .text("title", "what is wrong, in short; the same for one code", RequestProblem::title)
            .whole("status", "the status of the answer", RequestProblem::status)
            .text("detail", "what is wrong and what to do, in one line", RequestProblem::message)
            .text(
                    "code",
                    "the kind of problem, such as `not_found`, `validation` or `state_conflict`",
                    RequestProblem::code)
            .text("fix", "what to do", RequestProblem::fix)
            .list("errors", FIELD_PROBLEM, "each thing that is wrong, where the part is known", RequestProblem::errors)
            .instant("retryAt?", "when to try again, where that is known", RequestProblem::retryAt);

    /** Before what to do in a message: a semicolon, or a colon and the verb. */
    private static final Pattern FIX = Pattern.compile("; |: (?=(?:use|give|leave|submit|store) )");

    private ProblemView() {}

    /** What a fault is to those who ask by HTTP. */
    public static RequestProblem of(JobyardException fault) {
        String message = String.valueOf(fault.getMessage());
        List<FieldProblem> errors = fault instanceof ValidationException wrong ? errors(wrong, message) : List.of();
        Instant retryAt = fault instanceof QuotaException quota ? quota.retryAt() : null;
        String line =
                isOfSeveral(fault, message) ? errors.size() + " settings are refused; mend each of them" : message;
        return new RequestProblem(status(fault), fault.code(), line, errors, retryAt);
    }

    private static boolean isOfSeveral(JobyardException fault, String message) {
        return fault instanceof ValidationException wrong && wrong.problems().isEmpty() && message.indexOf('\n') >= 0;
    }

    /** Of parts that are known, or of settings of which each is refused in a line of its own. */
    private static List<FieldProblem> errors(ValidationException wrong, String message) {
        if (!isOfSeveral(wrong, message)) {
            return wrong.problems();
        }
        return message.lines()
                .map(line -> new FieldProblem(line.split(" ")[0], line))
                .toList();
    }

    private static int status(JobyardException fault) {
        if (fault instanceof ValidationException) {
            return BAD_REQUEST;
        } else if (fault instanceof AccessException) {
            return FORBIDDEN;
        } else if (fault instanceof NotFoundException) {
            return NOT_FOUND;
        } else if (fault instanceof StateConflictException || fault instanceof RequestUnfinishedException) {
            return CONFLICT;
        } else if (fault instanceof JobChangedException) {
            return PRECONDITION_FAILED;
        } else if (fault instanceof IdempotencyKeyException) {
            return UNPROCESSABLE;
        } else if (fault instanceof CursorExpiredException) {
            return GONE;
        } else if (fault instanceof QuotaException) {
            return TOO_MANY_REQUESTS;
        } else {
            return fault instanceof StoreException ? UNAVAILABLE : INTERNAL;
        }
    }

    /**
     * Why a request was not done.
     *
     * @param status the status of the answer, 400 to 599
     * @param code what a program can tell the kind by
     * @param message what is wrong, and behind a semicolon what to do, in one line
     * @param errors each thing that is wrong, where the part is known
     * @param retryAt when to try again; null if that is not known
     */
    public record RequestProblem(
            int status,
            String code,
            String message,
            List<FieldProblem> errors,
            @Nullable Instant retryAt) {

        public RequestProblem {
            errors = List.copyOf(errors);
        }

        /**
         * A problem of which the message says all.
         *
         * @param status the status of the answer, 400 to 599
         * @param code what a program can tell the kind by
         * @param message what is wrong, and behind a semicolon what to do, in one line
         */
        public RequestProblem(int status, String code, String message) {
            this(status, code, message, List.of(), null);
        }

        /**
         * How long to wait, as the header {@code Retry-After} says it.
         *
         * @param now when the answer is made
         * @return whole seconds, one at least; empty if it is not known when to try again
         */
        public Optional<String> retryAfter(Instant now) {
            return Optional.ofNullable(retryAt)
                    .map(then -> Math.max(0, Duration.between(now, then).toMillis()))
                    .map(millis -> String.valueOf(Math.max(1, (millis + 999) / 1_000)));
        }

        private String title() {
            return ProblemText.of(code).title();
        }

        private String fix() {
            Matcher told = FIX.matcher(message);
            return errors.size() <= 1 && told.find()
                    ? message.substring(told.end())
                    : ProblemText.of(code).fix();
        }
    }
}
