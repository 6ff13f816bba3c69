// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.type.ArrayType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/**
 * Reads JSON numbers into whole numbers as JSON Schema does: 3.0 is one. Jackson would cut 3.5 to 3, and would not
 * report the key of a map whose value is out of range.
 */
final class WholeNumbers extends BeanDeserializerModifier {

    private static final Set<Class<?>> TYPES = Set.of(
            byte.class,
            short.class,
            int.class,
            long.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class);
    private static final Set<Class<?>> ARRAYS = Set.of(short[].class, int[].class, long[].class);

    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
        return TYPES.contains(type.getBeanClass()) ? new Checked(deserializer) : deserializer;
    }

    @Override
    public JsonDeserializer<?> modifyArrayDeserializer(
            DeserializationConfig config, ArrayType type, BeanDescription of, JsonDeserializer<?> deserializer) {
        return ARRAYS.contains(type.getRawClass()) ? new Checked(deserializer) : deserializer;
    }

    /** Deserializer of a whole number, or of an array of them. */
    private static final class Checked extends DelegatingDeserializer {

        private static final long serialVersionUID = 1;

        Checked(JsonDeserializer<?> deserializer) {
            super(deserializer);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
            return new Checked(deserializer);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return super.deserialize(new Numbers(parser), context);
            } catch (InputCoercionException e) { // to which a map would not add its key
                throw JsonMappingException.from(parser, e.getOriginalMessage(), e);
            }
        }
    }

    /** Parser that gives no whole number for a number with a fraction. */
    private static final class Numbers extends JsonParserDelegate {

        Numbers(JsonParser parser) {
            super(parser);
        }

        private JsonParser whole() throws IOException {
            if (delegate.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
                BigDecimal number = delegate.getDecimalValue();
                if (number.stripTrailingZeros().scale() > 0) {
                    throw InvalidFormatException.from(
                            delegate, number + " is not a whole number", number, BigInteger.class);
                }
            }
            return delegate;
        }

        @Override
        public short getShortValue() throws IOException {
            return whole().getShortValue();
        }

        @Override
        public byte getByteValue() throws IOException {
            return whole().getByteValue();
        }

        @Override
        public int getValueAsInt() throws IOException {
            return whole().getValueAsInt();
        }

        @Override
        public long getValueAsLong() throws IOException {
            return whole().getValueAsLong();
        }

        @Override
        public BigDecimal getDecimalValue() throws IOException {
            return whole().getDecimalValue();
        }
    }
}
