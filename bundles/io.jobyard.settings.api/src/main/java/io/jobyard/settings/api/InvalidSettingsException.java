// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;

/** Thrown if some values of a configuration are invalid, so that the whole configuration is refused. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns the problems.
     *
     * @return one line for each, with the key, the range and the fix, and without the value
     */
    public List<String> problems() {
        return problems;
    }
}
