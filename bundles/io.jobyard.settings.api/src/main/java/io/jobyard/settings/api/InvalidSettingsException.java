// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;

/** Some of a configuration's values are wrong; none of it is taken. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * All that is wrong.
     *
     * @return a line each, with key, value, range and fix
     */
    public List<String> problems() {
        return problems;
    }
}
