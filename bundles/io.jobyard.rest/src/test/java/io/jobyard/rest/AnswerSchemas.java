// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jobyard.views.api.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds every answer of success that a test gets against the document. */
final class AnswerSchemas {

    private static final RouteTable TABLE = RestFixture.table();
    private static final Map<?, ?> DOCUMENT = OpenApiDocument.of(TABLE.all(), List.of(), "test");
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private AnswerSchemas() {}

    static void check(String method, String path, int status, String body) {
        RouteTable.FoundRoute found = TABLE.find(method, path);
        if (found == null || !found.route().operation().answers().containsKey(status)) {
            return;
        }
        Schema schema = SCHEMAS.computeIfAbsent(
                ViewSchemas.name(found.route().operation().answers().get(status).name()), AnswerSchemas::compiled);
        assertThat(schema.validate(body, InputFormat.JSON))
                .as("%s answers %s", found.route().name(), body)
                .isEmpty();
    }

    private static Schema compiled(String name) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$ref", "#/components/schemas/" + name);
        whole.put("components", DOCUMENT.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonWriter.compact(whole));
    }
}
