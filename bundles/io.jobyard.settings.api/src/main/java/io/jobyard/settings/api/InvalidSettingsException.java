// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.FieldProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown if some values of a configuration are invalid, so that the whole configuration is refused. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> fields;

    InvalidSettingsException(List<FieldProblem> fields) {
        super(fields.stream().map(FieldProblem::message).collect(Collectors.joining("; ")));
        this.fields = List.copyOf(fields);
    }

    /**
     * Returns the problems.
     *
     * @return one line for each, with the key, the range and the fix, and without the value
     */
    public List<String> problems() {
        return fields.stream().map(FieldProblem::message).toList();
    }

    /** Returns the problems with their keys. A problem of the whole configuration has the field {@value SettingsReader#WHOLE}. */
    public List<FieldProblem> fields() {
        return fields;
    }
}
