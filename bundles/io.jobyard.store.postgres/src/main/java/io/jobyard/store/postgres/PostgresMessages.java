// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import io.jobyard.store.api.MessageDialect;
import java.sql.JDBCType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Dialect for several statements in one message, and for many rows as arrays. */
final class PostgresMessages implements MessageDialect {

    @Override
    public String rows(List<JDBCType> columns) {
        String arrays = columns.stream()
                .map(type -> "CAST(? AS " + element(type) + "[])")
                .collect(Collectors.joining(", "));
        String names = IntStream.rangeClosed(1, columns.size())
                .mapToObj(number -> "c" + number)
                .collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") AS u (" + names + ")";
    }

    @Override
    public String element(JDBCType type) {
        return switch (type) {
            case VARCHAR -> "text";
            case VARBINARY -> "bytea";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case DOUBLE -> "float8";
            case BOOLEAN -> "bool";
            default -> throw new IllegalArgumentException("no column has the type " + type);
        };
    }
}
