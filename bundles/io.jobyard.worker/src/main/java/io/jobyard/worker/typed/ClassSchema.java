// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker.typed;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.jobyard.api.handler.Field;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON Schema that is derived from a class. Only this class uses the generator, so that a host without typed handlers does not load it. */
public final class ClassSchema {

    /** Keyword of a value that only the submitter of a job sees. */
    public static final String HIDDEN = "x-jobyard-hidden";

    private final ObjectMapper mapper;
    private final SchemaGenerator generator;

    private ClassSchema(ObjectMapper mapper) {
        this.mapper = mapper;
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY, JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE));
        builder.forTypesInGeneral()
                .withPropertySorter((one, other) -> 0)
                .withCustomDefinitionProvider((type, context) -> definition(type, context));
        builder.forFields()
                .withRequiredCheck(field -> !isOptional(field))
                .withNullableCheck(ClassSchema::isNullable)
                .withInstanceAttributeOverride((schema, field, context) -> describe(schema, field));
        generator = new SchemaGenerator(builder.build());
    }

    /**
     * Derives the schema of a type.
     *
     * @param mapper mapper with the settings of the handler's mapper; it keeps classes of the handler
     * @param root name of the value, {@code payload} or {@code result}
     * @return JSON Schema of draft 2020-12
     * @throws IllegalArgumentException if a field has no schema; the message contains the path and the fix
     */
    public static String of(ObjectMapper mapper, String root, JavaType type) {
        ClassCheck.requireSchema(mapper, root, type);
        return new ClassSchema(mapper)
                .generator
                .generateSchema(Parameterized.of(type))
                .toPrettyString();
    }

    private @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        String format = JsonKind.format(raw);
        if (JsonKind.isAny(raw)) {
            return inline(mapper.createObjectNode());
        } else if (format != null) {
            ObjectNode text = mapper.createObjectNode().put("type", "string");
            return inline(format.isEmpty() ? text : text.put("format", format));
        } else if (raw == java.time.Year.class) {
            return inline(mapper.createObjectNode().put("type", "integer"));
        }
        return null;
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
    }

    private void describe(ObjectNode schema, FieldScope field) {
        JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
        if (property != null && !property.defaultValue().isEmpty() && !field.isFakeContainerItemScope()) {
            schema.put("default", property.defaultValue());
        }
        Field says =
                field.isFakeContainerItemScope() ? null : field.getAnnotationConsideringFieldAndGetter(Field.class);
        if (says != null) {
            new FieldTerms(says, mapper.constructType(field.getRawMember().getGenericType())).writeTo(schema, mapper);
        }
    }

    private static boolean isOptional(FieldScope field) {
        JsonProperty says = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
        return isNullable(field) || says != null && !says.defaultValue().isEmpty();
    }

    private static boolean isNullable(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return false;
        }
        List<Annotation[]> all = List.of(
                field.getRawMember().getAnnotations(),
                field.getRawMember().getAnnotatedType().getAnnotations());
        return field.getRawMember().getType() == Optional.class
                || all.stream()
                        .flatMap(Stream::of)
                        .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
    }
}
