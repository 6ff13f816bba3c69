// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.time.Instant;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Converter for the instants of entities. */
@Converter
public final class UtcInstant implements AttributeConverter<Instant, Long> {

    @Override
    public @Nullable Long convertToDatabaseColumn(@Nullable Instant instant) {
        return instant == null ? null : Utc.micros(instant);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Long micros) {
        return micros == null ? null : Utc.instant(micros);
    }
}
