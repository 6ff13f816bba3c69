// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker.typed;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.handler.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks all classes that JSON of a payload or a result reaches. JSON must not name classes, because a submitter could then choose the
 * code that the host runs. To derive a schema, the JSON form of each class must also be known.
 */
public final class ClassCheck {

    private static final Set<JsonTypeInfo.Id> SAFE =
            Set.of(JsonTypeInfo.Id.NAME, JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.Id.DEDUCTION, JsonTypeInfo.Id.NONE);

    private static final String NO_SCHEMA =
            ", which has no JSON Schema: use a record, text, number, boolean, enum, list or map";

    private final ObjectMapper mapper;
    private final boolean written;
    private final boolean derives;
    private final String root;
    private final String owner;
    private final Set<JavaType> seen = new HashSet<>();

    private ClassCheck(ObjectMapper mapper, String root, JavaType type, boolean derives) {
        this.mapper = mapper;
        this.root = root;
        this.owner = type.getRawClass().getSimpleName();
        this.written = root.equals("result");
        this.derives = derives;
    }

    /**
     * Checks that JSON of the type names no classes.
     *
     * @param root name of the value: {@code payload}, which the host reads, or {@code result}, which it writes
     * @throws IllegalArgumentException if it does; the message contains the path and the fix
     */
    public static void requireSafe(ObjectMapper mapper, String root, JavaType type) {
        new ClassCheck(mapper, root, type, false).visit(type, root, null);
    }

    /** Checks the same, and that the JSON form of each class is known. */
    static void requireSchema(ObjectMapper mapper, String root, JavaType type) {
        new ClassCheck(mapper, root, type, true).visit(type, root, null);
    }

    private void visit(JavaType type, String path, @Nullable AnnotatedMember member) {
        if (member != null) {
            requireNoClassNames(member, path);
        }
        if (type.isReferenceType()) {
            visit(type.getReferencedType(), path, null);
        } else if (type.isMapLikeType()) {
            visit(type.getKeyType(), path + ".*", null);
            visit(type.getContentType(), path + ".*", null);
        } else if (type.isContainerType() && !JsonKind.isText(type.getRawClass())) {
            visit(type.getContentType(), path + "[]", null);
        } else if (!JsonKind.isScalar(type.getRawClass()) && !JsonKind.isAny(type.getRawClass()) && seen.add(type)) {
            object(type, path, member);
        }
    }

    private void object(JavaType type, String path, @Nullable AnnotatedMember member) {
        if (JsonKind.isOfJdk(type.getRawClass())) {
            require(false, path, "is a " + type.getRawClass().getName() + NO_SCHEMA);
            return;
        }
        BeanDescription bean = described(type);
        requireNoClassNames(bean.getClassInfo(), path);
        require(
                bean.findJsonValueAccessor() == null && !hasOwnForm(bean.getClassInfo()),
                path,
                "is a " + type.getRawClass().getSimpleName() + " with a JSON form of its own");
        List<NamedType> subtypes = subtypes(bean, member);
        if (type.isAbstract() || type.isInterface()) {
            require(
                    !subtypes.isEmpty(),
                    path,
                    "is the " + (type.isInterface() ? "interface " : "abstract class ")
                            + type.getRawClass().getSimpleName()
                            + " without named subtypes: use a record, or name them with @JsonTypeInfo(use = NAME) and"
                            + " @JsonSubTypes");
        } else {
            properties(bean, path);
        }
        subtypes.stream()
                .map(NamedType::getType)
                .filter(subtype -> subtype != type.getRawClass())
                .forEach(subtype -> visit(mapper.constructType(subtype), path, null));
    }

    private BeanDescription described(JavaType type) {
        return written
                ? mapper.getSerializationConfig().introspect(type)
                : mapper.getDeserializationConfig().introspect(type);
    }

    private void properties(BeanDescription bean, String path) {
        for (BeanPropertyDefinition property : bean.findProperties()) {
            AnnotatedMember member = written ? property.getAccessor() : property.getMutator();
            if (member == null) {
                continue;
            }
            String inner = FieldProblem.path(path, property.getName());
            require(!hasOwnForm(member), inner, "has a JSON form of its own");
            JavaType type = written ? member.getType() : property.getPrimaryType();
            visit(type, inner, member);
            Field field = annotation(property);
            if (field != null) {
                checkField(field, type, inner);
            }
        }
    }

    private void checkField(Field field, JavaType type, String path) {
        try {
            new FieldTerms(field, type).check();
        } catch (IllegalArgumentException e) {
            throw refused(path, "has an invalid @Field: " + e.getMessage());
        }
    }

    private static @Nullable Field annotation(BeanPropertyDefinition property) {
        return Stream.of(property.getField(), property.getConstructorParameter(), property.getGetter())
                .filter(member -> member != null)
                .map(member -> member.getAnnotation(Field.class))
                .filter(field -> field != null)
                .findFirst()
                .orElse(null);
    }

    private List<NamedType> subtypes(BeanDescription bean, @Nullable AnnotatedMember member) {
        AnnotationIntrospector annotations = config().getAnnotationIntrospector();
        return Stream.of(bean.getClassInfo(), member)
                .filter(annotated -> annotated != null)
                .map(annotations::findSubtypes)
                .filter(types -> types != null)
                .flatMap(List::stream)
                .toList();
    }

    private MapperConfig<?> config() {
        return written ? mapper.getSerializationConfig() : mapper.getDeserializationConfig();
    }

    /** Returns whether code of the handler reads or writes the JSON of the class or the field. */
    private boolean hasOwnForm(Annotated annotated) {
        AnnotationIntrospector annotations = config().getAnnotationIntrospector();
        return written
                ? annotations.findSerializer(annotated) != null
                : annotations.findDeserializer(annotated) != null;
    }

    private void requireNoClassNames(Annotated annotated, String path) {
        JsonTypeInfo info = annotated.getAnnotation(JsonTypeInfo.class);
        if (info != null && !SAFE.contains(info.use())) {
            throw refused(
                    path,
                    "has @JsonTypeInfo(use = " + info.use()
                            + "), which lets JSON name classes: use NAME and @JsonSubTypes");
        }
        if (annotated.hasAnnotation(JsonTypeIdResolver.class)) {
            throw refused(path, "has @JsonTypeIdResolver, which lets JSON name classes: use NAME and @JsonSubTypes");
        }
    }

    /** Requires a condition for a derived schema. */
    private void require(boolean condition, String path, String problem) {
        if (derives && !condition) {
            throw refused(path, problem);
        }
    }

    private IllegalArgumentException refused(String path, String problem) {
        return new IllegalArgumentException("the " + root + " " + owner + " is not allowed: " + path + " " + problem);
    }
}
