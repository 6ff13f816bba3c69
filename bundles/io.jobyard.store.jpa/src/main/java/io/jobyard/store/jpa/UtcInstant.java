// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Lets entities read a TIMESTAMP as text: {@link Timestamp} would take it for an instant in the zone of the machine,
 * and move those that fall into an hour that its clocks leave out.
 */
@Converter
public final class UtcInstant implements AttributeConverter<Instant, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Instant instant) {
        return instant == null
                ? null
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString().replace('T', ' ');
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable String text) {
        return text == null ? null : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
