// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.ValidationException;
import java.util.List;
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

    /** A list of texts, or one in place of it. */
    List<String> texts(String name) {
        Object value = given.get(name);
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        } else if (value instanceof List<?>) {
            throw new ValidationException("the argument " + name + " has something else than texts; give texts");
        }
        String text = text(name);
        return text == null ? List.of() : List.of(text);
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
