// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.ValidationException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a tool of the host is called with. */
record ToolArguments(Map<String, Object> given) {

    /** Refuses what the tool does not know. */
    void only(Set<String> known) {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ValidationException(
                            "the argument '" + name + "' is not known; use " + String.join(", ", known));
                });
    }

    @Nullable
    String text(String name) {
        Object value = given.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new ValidationException("the argument " + name + " is no text; give one in double quotes");
    }

    String id() {
        String id = text("id");
        if (id == null) {
            throw new ValidationException(
                    "the argument id is missing; give the id of a job, as " + HostTool.LIST.text() + " tells it");
        }
        return id;
    }

    int number(String name, int byDefault, int most) {
        Object value = given.get(name);
        if (value == null) {
            return byDefault;
        }
        if (value instanceof Integer number && number >= 1 && number <= most) {
            return number;
        }
        throw new ValidationException("the argument " + name + " is no whole number from 1 to " + most + "; give one");
    }
}
