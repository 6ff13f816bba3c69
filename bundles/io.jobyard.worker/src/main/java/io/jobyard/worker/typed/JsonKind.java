// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classes of the JDK that a JSON text, number, boolean or any JSON value represents. Other classes of the JDK have no schema. */
final class JsonKind {

    private static final Set<Class<?>> NUMBERS = Set.of(
            byte.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Number.class,
            Year.class);

    private static final Set<Class<?>> PLAIN = Set.of(boolean.class, Boolean.class, char.class, Character.class);

    /** Format of a text by class, as JSON Schema names it; empty for none. */
    private static final Map<Class<?>, String> TEXTS = texts();

    private JsonKind() {}

    private static Map<Class<?>, String> texts() {
        Map<Class<?>, String> formats = new HashMap<>(Map.of(
                Instant.class, "date-time",
                OffsetDateTime.class, "date-time",
                ZonedDateTime.class, "date-time",
                Date.class, "date-time",
                LocalDate.class, "date",
                Duration.class, "duration",
                Period.class, "duration",
                UUID.class, "uuid",
                URI.class, "uri",
                URL.class, "uri"));
        for (Class<?> text : Set.of(
                String.class,
                CharSequence.class,
                char.class,
                Character.class,
                byte[].class,
                char[].class,
                LocalDateTime.class,
                LocalTime.class,
                OffsetTime.class,
                MonthDay.class,
                YearMonth.class,
                ZoneId.class,
                ZoneOffset.class,
                Currency.class,
                Locale.class,
                TimeZone.class,
                Charset.class,
                Pattern.class)) {
            formats.put(text, "");
        }
        return Map.copyOf(formats);
    }

    /** Returns whether a JSON text, number or boolean represents the class. */
    static boolean isScalar(Class<?> type) {
        return isNumber(type) || isText(type) || PLAIN.contains(type) || type.isEnum();
    }

    static boolean isNumber(Class<?> type) {
        return NUMBERS.contains(type);
    }

    static boolean isText(Class<?> type) {
        return TEXTS.containsKey(type);
    }

    /** Returns the format of a text; empty for none; null for a class that is not a text. */
    static @Nullable String format(Class<?> type) {
        return TEXTS.get(type);
    }

    /** Returns whether any JSON value represents the class. */
    static boolean isAny(Class<?> type) {
        return type == Object.class || type == JsonNode.class;
    }

    static boolean isOfJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule() || type.getName().startsWith("java");
    }
}
