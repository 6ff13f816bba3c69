// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.networknt.schema.InputFormat;
import java.util.List;

/** JSON Schema that a bundle may contain for a type's results. The host does not check results with it; tests of the handler do. */
public final class ResultSchema {

    private ResultSchema() {}

    /**
     * Returns the problems of a result.
     *
     * @param schema JSON Schema of draft 2020-12, or of the draft in its {@code $schema}
     * @param result a JSON object
     * @return the problems, each with its location in the result as a JSON pointer; empty if the result is valid
     * @throws IllegalArgumentException if the schema is invalid; the message contains the file and the location
     */
    public static List<String> problems(String file, String schema, String result) {
        try {
            return SchemaText.read(schema).validate(result, InputFormat.JSON).stream()
                    .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).strip())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("schema " + file + " " + e.getMessage(), e);
        }
    }
}
