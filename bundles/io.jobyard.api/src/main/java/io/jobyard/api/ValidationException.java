// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Thrown if a call is invalid. Nothing was changed; fix the call and try again. */
public final class ValidationException extends JobyardException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final List<FieldProblem> problems;

    /** Creates the exception. */
    public ValidationException(String message) {
        this(message, -1, List.of(), null);
    }

    /**
     * Creates the exception for one part of the input.
     *
     * @param field path of the part, for example {@code priority}
     */
    public ValidationException(String field, String message) {
        this(message, -1, List.of(new FieldProblem(field, message)), null);
    }

    /**
     * Creates the exception for several parts, for example of a payload.
     *
     * @param problems at least one
     */
    public ValidationException(List<FieldProblem> problems) {
        this(problems.stream().map(FieldProblem::message).collect(Collectors.joining("; ")), -1, problems, null);
    }

    /**
     * Creates the exception for one of several specifications.
     *
     * @param index index of the specification in the call, from 0
     * @param fault problem of the specification; kept as the cause
     */
    public ValidationException(int index, ValidationException fault) {
        this("job " + (index + 1) + " of the call: " + fault.getMessage(), index, fault.problems, fault);
    }

    private ValidationException(
            @Nullable String message, int index, List<FieldProblem> problems, @Nullable Throwable cause) {
        super("validation", String.valueOf(message), cause);
        this.index = index;
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns a copy for an enclosing value.
     *
     * @param outer path of this value in the enclosing value
     * @return exception with the same message, and with paths from the enclosing value
     */
    public ValidationException in(String outer) {
        List<FieldProblem> inside = problems.isEmpty()
                ? List.of(new FieldProblem(outer, String.valueOf(getMessage())))
                : problems.stream().map(problem -> problem.in(outer)).toList();
        return new ValidationException(getMessage(), index, inside, getCause());
    }

    /**
     * Returns a copy with the location in the message.
     *
     * @param where words before the message, for example "line 3"
     * @return exception with the same paths
     */
    public ValidationException told(String where) {
        return new ValidationException(where + ": " + getMessage(), index, problems, getCause());
    }

    /** {@return the index of the invalid specification in the call, from 0; -1 for a call with one specification} */
    public int index() {
        return index;
    }

    /** {@return the path of the invalid part, for example {@code payload.url}; null if it is unknown, or there are several} */
    public @Nullable String field() {
        return problems.size() == 1 ? problems.get(0).field() : null;
    }

    /** {@return each problem with its location; empty if the location is unknown; the message contains all problems} */
    public List<FieldProblem> problems() {
        return problems;
    }
}
