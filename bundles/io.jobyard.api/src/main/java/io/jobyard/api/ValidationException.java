// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The call is invalid. Nothing was changed; fix the call and try again. */
public final class ValidationException extends JobyardException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final List<FieldProblem> problems;

    /** Says what happened. */
    public ValidationException(String message) {
        this(message, -1, List.of(), null);
    }

    /**
     * Says what is wrong with one part of what was handed in.
     *
     * @param field the path of the part, such as {@code priority}
     */
    public ValidationException(String field, String message) {
        this(message, -1, List.of(new FieldProblem(field, message)), null);
    }

    /**
     * Says what is wrong with several parts, for example with a payload.
     *
     * @param problems what is wrong: one or more
     */
    public ValidationException(List<FieldProblem> problems) {
        this(problems.stream().map(FieldProblem::message).collect(Collectors.joining("; ")), -1, problems, null);
    }

    /**
     * Says which one of several specifications is wrong.
     *
     * @param index its place in the call, 0 first
     * @param fault what is wrong with it; kept as the cause
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
     * Returns the same fault within an enclosing value.
     *
     * @param outer path of this value in the enclosing one
     * @return with the same message, and with paths from there
     */
    public ValidationException in(String outer) {
        List<FieldProblem> inside = problems.isEmpty()
                ? List.of(new FieldProblem(outer, String.valueOf(getMessage())))
                : problems.stream().map(problem -> problem.in(outer)).toList();
        return new ValidationException(getMessage(), index, inside, getCause());
    }

    /**
     * Returns the same fault with its place in the message.
     *
     * @param where words before the message, for example "line 3"
     * @return with the same paths
     */
    public ValidationException told(String where) {
        return new ValidationException(where + ": " + getMessage(), index, problems, getCause());
    }

    /**
     * Which one of several specifications is wrong.
     *
     * @return its place in the call, 0 first; -1 if there was one alone
     */
    public int index() {
        return index;
    }

    /**
     * The path of the part that is wrong.
     *
     * @return such as {@code payload.url}; null if it is not known, or there are several
     */
    public @Nullable String field() {
        return problems.size() == 1 ? problems.get(0).field() : null;
    }

    /**
     * Each thing that is wrong, with its place; the message has them all.
     *
     * @return what is wrong; none if the place of it is not known
     */
    public List<FieldProblem> problems() {
        return problems;
    }
}
