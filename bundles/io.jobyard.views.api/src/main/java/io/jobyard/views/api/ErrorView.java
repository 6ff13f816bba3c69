// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobyardException;
import java.util.function.Function;

/** Views of errors. Every interface reports the same four fields: code, field, message and fix. */
public final class ErrorView {

    /** The media type of {@link #PROBLEM}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final View<FieldProblem> FIELD_PROBLEM = View.<FieldProblem>of(
                    "field problem", "The problem of one part of a request.")
            .text("field", "the path of the part, for example `payload` or `jobs[3].payload.url`", FieldProblem::field)
            .text("message", "the problem and its fix", FieldProblem::message);

    /** The four fields of an error. */
    public static final View<RequestFault> FAULT = described(View.of("fault", "An error."), fault -> fault);

    /** The answer of a failed command or tool. */
    public static final View<RequestFault> ERROR = View.<RequestFault>of(
                    "error", "The answer of a failed command or tool, in place of its usual answer.")
            .one("error", FAULT, "the error", fault -> fault);

    /** The answer over HTTP: a problem document of RFC 9457. */
    public static final View<RequestFault> PROBLEM = described(
                    View.<RequestFault>of("problem", "An error in the HTTP API, with additional fields of RFC 9457."),
                    fault -> fault)
            .list("errors", FIELD_PROBLEM, "the problems of known parts", RequestFault::errors)
            .instant("retryAt?", "when to try again, if known", RequestFault::retryAt)
            .text(
                    "type",
                    "the code as a URN",
                    fault -> "urn:jobyard:problem:" + fault.code().text())
            .text(
                    "title",
                    "short description of the code, always the same",
                    fault -> fault.code().title())
            .whole("status", "status of the answer", RequestFault::status);

    /** A refused change of one of several jobs. */
    static final View<Refusal> REFUSAL = described(
            View.<Refusal>of("refusal", "A refused change of one of several jobs.")
                    .text("id", "the job, as named in the request", Refusal::id),
            refusal -> RequestFault.of(refusal.cause()));

    private ErrorView() {}

    private static <T> View<T> described(View<T> view, Function<T, RequestFault> fault) {
        return view.text(
                        "code",
                        "error code, from the list on the page Errors",
                        thing -> fault.apply(thing).code().text())
                .text(
                        "field?",
                        "path of the invalid part, or the option; null unless there is exactly one",
                        thing -> fault.apply(thing).field())
                .text("message", "the problem", thing -> fault.apply(thing).message())
                .text("fix", "the fix", thing -> fault.apply(thing).fix());
    }

    /**
     * A refused change of one of several jobs.
     *
     * @param id the job, as named in the request
     */
    public record Refusal(String id, JobyardException cause) {}
}
