// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.UnknownKeywordFactory;
import com.networknt.schema.path.NodePath;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values of a payload that a schema marks with a custom keyword. Custom keywords begin with {@code x-}. */
final class SchemaMarks {

    private static final String OWN = "x-";

    private static final List<Dialect> DIALECTS = Stream.of(
                    Dialects.getDraft202012(),
                    Dialects.getDraft201909(),
                    Dialects.getDraft7(),
                    Dialects.getDraft6(),
                    Dialects.getDraft4())
            .map(draft -> Dialect.builder(draft)
                    .unknownKeywordFactory(SchemaMarks::keyword)
                    .build())
            .toList();

    private SchemaMarks() {}

    /** Returns a registry for schemas of draft 2020-12, or of the draft that their {@code $schema} names. Use it for one schema only. */
    static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.dialectRegistry(new DefaultDialectRegistry(DIALECTS)));
    }

    private static Keyword keyword(String name, SchemaContext context) {
        return name.startsWith(OWN)
                ? new MarkKeyword(name)
                : UnknownKeywordFactory.getInstance().getKeyword(name, context);
    }

    /** Returns the locations as JSON pointers; empty if the payload does not match the schema. */
    static Set<String> of(Schema schema, JsonNode payload, String keyword) {
        ExecutionContext execution = schema.createExecutionContext();
        execution.executionConfig(
                config -> config.annotationCollectionEnabled(true).annotationCollectionFilter(keyword::equals));
        return schema
                .validate(execution, payload, OutputFormat.RESULT)
                .getExecutionContext()
                .getAnnotations()
                .asMap()
                .values()
                .stream()
                .flatMap(List::stream)
                .filter(annotation -> annotation.getKeyword().equals(keyword) && annotation.isValid())
                .map(Annotation::getInstanceLocation)
                .map(SchemaMarks::pointer)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the path as a standard JSON pointer. The library's own text also escapes quotes and line ends. */
    private static String pointer(NodePath path) {
        return IntStream.range(0, path.getNameCount())
                .mapToObj(path::getName)
                .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
