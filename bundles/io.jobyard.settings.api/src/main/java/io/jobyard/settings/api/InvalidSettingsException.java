// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;

/** Some values of a configuration are wrong, so the whole configuration is refused. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns all problems, one per line, with key, range and fix, and without the value. */
    public List<String> problems() {
        return problems;
    }
}
