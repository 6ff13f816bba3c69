// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.lang.reflect.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.persistence.Column;
import org.jspecify.annotations.Nullable;

/** Columns of a row, in the order of its fields. SQL statements are generated from this list, and their values written and read. */
public final class EntityColumns<T> {

    private static final Set<Class<?>> TYPES =
            Set.of(String.class, Instant.class, int.class, Integer.class, long.class, boolean.class, byte[].class);

    private final List<Field> fields;
    private final Map<UpdateScope, List<Field>> written = new EnumMap<>(UpdateScope.class);
    private final Supplier<T> maker;

    EntityColumns(Class<T> entity, Supplier<T> maker) {
        this.maker = maker;
        fields = Stream.of(entity, entity.getSuperclass())
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(Column.class))
                .toList();
        fields.forEach(field -> {
            if (!TYPES.contains(field.getType())) {
                throw new IllegalArgumentException(field + " has a type that no column supports: use one of " + TYPES);
            }
            field.setAccessible(true);
        });
        for (UpdateScope scope : UpdateScope.values()) {
            written.put(scope, fields.stream().filter(scope::writes).toList());
        }
    }

    private List<Field> written(UpdateScope scope) {
        return Objects.requireNonNull(written.get(scope));
    }

    int count() {
        return fields.size();
    }

    /** Returns the columns for SELECT, in the order that {@link #read} requires. */
    String names() {
        return fields.stream().map(EntityColumns::name).collect(Collectors.joining(", "));
    }

    /** Returns an INSERT of all columns, followed by other columns. */
    public String insert(String table, String... others) {
        String names = Stream.concat(Stream.of(names()), Stream.of(others)).collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + names + ") VALUES (?" + ",?".repeat(count() + others.length - 1) + ")";
    }

    /** Returns the assignments for SET, which {@link #write(StatementBatch, Object, UpdateScope)} fills. */
    public String assignments(UpdateScope scope) {
        return written(scope).stream().map(field -> name(field) + " = ?").collect(Collectors.joining(", "));
    }

    public void write(StatementBatch row, T entity) throws SQLException {
        for (Field field : fields) {
            write(row, field, entity);
        }
    }

    public void write(StatementBatch row, T entity, UpdateScope scope) throws SQLException {
        for (Field field : written(scope)) {
            write(row, field, entity);
        }
    }

    T read(ResultSet row) throws SQLException {
        T entity = maker.get();
        int position = 0;
        for (Field field : fields) {
            set(field, entity, value(row, ++position, field.getType()));
        }
        return entity;
    }

    private static String name(Field field) {
        return field.getAnnotation(Column.class).name();
    }

    private static void write(StatementBatch row, Field field, Object entity) throws SQLException {
        Class<?> type = field.getType();
        Object value = get(field, entity);
        if (type == String.class) {
            row.text((String) value);
        } else if (type == Instant.class) {
            row.instant((Instant) value);
        } else if (type == int.class) {
            row.number((int) value);
        } else if (type == Integer.class) {
            row.number((Integer) value);
        } else if (type == long.class) {
            row.number((long) value);
        } else if (type == boolean.class) {
            row.truth((boolean) value);
        } else {
            row.bytes((byte[]) value);
        }
    }

    private static @Nullable Object value(ResultSet row, int position, Class<?> type) throws SQLException {
        if (type == String.class) {
            return row.getString(position);
        } else if (type == Instant.class) {
            return Utc.read(row, position);
        } else if (type == int.class) {
            return row.getInt(position);
        } else if (type == Integer.class) {
            int number = row.getInt(position);
            return row.wasNull() ? null : (Integer) number;
        } else if (type == long.class) {
            return row.getLong(position);
        } else if (type == boolean.class) {
            return row.getBoolean(position);
        }
        return row.getBytes(position);
    }

    private static Object get(Field field, Object entity) {
        try {
            return field.get(entity);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, Object entity, @Nullable Object value) {
        try {
            field.set(entity, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
