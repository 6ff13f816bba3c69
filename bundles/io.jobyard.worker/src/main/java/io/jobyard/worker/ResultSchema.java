// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.networknt.schema.InputFormat;
import java.util.List;

/** The JSON Schema that a bundle may bring for a type's results. The host does not ask it; whoever tests the handler does. */
public final class ResultSchema {

    private ResultSchema() {}

    /**
     * What is wrong with a result.
     *
     * @param schema of draft 2020-12, or of the draft that its {@code $schema} names
     * @param result a JSON object
     * @return each with its place in the result as a JSON pointer; empty if the schema allows it
     * @throws IllegalArgumentException if it is no schema; says the file and the place
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
