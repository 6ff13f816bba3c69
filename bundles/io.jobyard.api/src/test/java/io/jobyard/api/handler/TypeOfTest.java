// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypeOfTest {

    static final class OwnType<T> extends TypeOf<T> {}

    static <T> TypeOf<Map<String, List<T>>> listsOf() {
        return new TypeOf<>() {};
    }

    static <T> TypeOf<List<T>[]> arrayOf() {
        return new TypeOf<>() {};
    }

    static <T> TypeOf<List<? extends T>> extending() {
        return new TypeOf<>() {};
    }

    static Stream<ThrowingCallable> withAVariable() {
        return Stream.of(OwnType<String>::new, TypeOfTest::listsOf, TypeOfTest::arrayOf, TypeOfTest::extending);
    }

    @Test
    void hasTheTypeWithItsParameters() {
        assertThat(new TypeOf<Map<String, List<Integer>>>() {})
                .hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
        assertThat(new TypeOf<List<? extends Number>[]>() {})
                .hasToString("java.util.List<? extends java.lang.Number>[]");
        assertThat(new TypeOf<String>() {}.type()).isEqualTo(String.class);
        assertThat(TypeOf.of(String.class).type()).isEqualTo(String.class);
    }

    @ParameterizedTest
    @MethodSource("withAVariable")
    void aTypeVariableIsRefused(ThrowingCallable creation) {
        assertThatThrownBy(creation)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TypeOfTest$")
                .hasMessageEndingWith(" states no type: write it in full, as in new TypeOf<List<String>>() {}");
    }
}
