// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schemas of bodies. */
final class BodySchemas {

    private BodySchemas() {}

    static Map<String, Object> of(RequestBody body) {
        if (!body.ofJob().isEmpty()) {
            return ofJob(body);
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RequestBody.BodyMember field : body.fields()) {
            Map<String, Object> property = field.kind().schema(field.meaning());
            if (field.nullable()) {
                property.computeIfPresent("type", (type, one) -> List.of(one, "null"));
            }
            properties.put(field.name(), property);
            if (field.required()) {
                required.add(field.name());
            }
        }
        return object(properties, required);
    }

    private static Map<String, Object> ofJob(RequestBody body) {
        Map<String, Object> properties = new LinkedHashMap<>();
        body.ofJob().forEach(field -> properties.put(field.name(), field.schema(body == RequestBody.CHANGE)));
        return object(properties, body == RequestBody.SPECIFICATION ? List.of("type", "payload") : List.of());
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
