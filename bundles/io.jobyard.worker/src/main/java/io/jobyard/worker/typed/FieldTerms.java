// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker.typed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.api.handler.Field;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Rules of a {@link Field} annotation: its check, and its keywords in the JSON Schema. */
final class FieldTerms {

    private final Field field;
    private final JavaType type;

    FieldTerms(Field field, JavaType type) {
        this.field = field;
        this.type = type.isReferenceType() ? type.getReferencedType() : type;
    }

    /** Throws an exception if the annotation contradicts itself or does not apply to the type. */
    void check() {
        boolean isText = JsonKind.isText(type.getRawClass()) || type.isEnumType();
        boolean hasLength = isText || type.isContainerType() && !JsonKind.isScalar(type.getRawClass());
        require(field.min() <= field.max(), "min = " + field.min() + " is above max = " + field.max());
        require(
                field.minLength() >= 0 && field.minLength() <= field.maxLength(),
                "minLength = " + field.minLength() + " is below 0 or above maxLength = " + field.maxLength());
        require(isNumber() || !hasBounds(), "min and max apply to numbers: use minLength and maxLength");
        require(hasLength || !hasLengths(), "minLength and maxLength apply to texts, lists and maps: use min and max");
        require(isText || field.pattern().isEmpty(), "pattern applies to texts: remove it");
        try {
            Pattern.compile(field.pattern());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("invalid pattern " + field.pattern() + ": " + e.getDescription(), e);
        }
        for (String example : field.examples()) {
            value(new ObjectMapper(), example);
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    private boolean isNumber() {
        return JsonKind.isNumber(type.getRawClass());
    }

    private boolean hasBounds() {
        return field.min() != Double.NEGATIVE_INFINITY || field.max() != Double.POSITIVE_INFINITY;
    }

    private boolean hasLengths() {
        return field.minLength() != 0 || field.maxLength() != Integer.MAX_VALUE;
    }

    /** Writes the keywords to the schema of the field. */
    void writeTo(ObjectNode schema, ObjectMapper mapper) {
        if (!field.description().isEmpty()) {
            schema.put("description", field.description());
        }
        if (field.min() != Double.NEGATIVE_INFINITY) {
            schema.set("minimum", number(field.min(), mapper));
        }
        if (field.max() != Double.POSITIVE_INFINITY) {
            schema.set("maximum", number(field.max(), mapper));
        }
        String counted = type.isMapLikeType() ? "Properties" : type.isContainerType() ? "Items" : "Length";
        if (field.minLength() != 0) {
            schema.put("min" + counted, field.minLength());
        }
        if (field.maxLength() != Integer.MAX_VALUE) {
            schema.put("max" + counted, field.maxLength());
        }
        if (!field.pattern().isEmpty()) {
            schema.put("pattern", field.pattern());
        }
        if (field.examples().length > 0) {
            ArrayNode examples = schema.putArray("examples");
            for (String example : field.examples()) {
                examples.add(value(mapper, example));
            }
        }
        if (field.hidden()) {
            schema.put(ClassSchema.HIDDEN, true);
        }
    }

    /** Returns a whole number without a fraction, as a person would write it. */
    private static JsonNode number(double bound, ObjectMapper mapper) {
        BigDecimal exact = BigDecimal.valueOf(bound).stripTrailingZeros();
        return exact.scale() <= 0
                ? mapper.getNodeFactory().numberNode(exact.toBigInteger())
                : mapper.getNodeFactory().numberNode(bound);
    }

    private JsonNode value(ObjectMapper mapper, String example) {
        if (JsonKind.isText(type.getRawClass()) || type.isEnumType()) {
            return mapper.getNodeFactory().textNode(example);
        }
        try {
            return mapper.readTree(example);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("invalid example " + example + ": use JSON", e);
        }
    }
}
