// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes decimals of a usual size without an exponent: {@code 0.0000875} instead of {@code 8.75E-5}. */
final class PlainNumbers extends JsonGeneratorDelegate {

    private static final double SMALLEST = 1e-18;
    private static final double LARGEST = 1e18;

    PlainNumbers(JsonGenerator writer) {
        super(writer, false);
    }

    @Override
    public void writeNumber(double number) throws IOException {
        double size = Math.abs(number);
        if (size >= SMALLEST && size < LARGEST) {
            String text = BigDecimal.valueOf(number).toPlainString();
            super.writeNumber(text.indexOf('.') < 0 ? text + ".0" : text); // so that a reader sees a decimal again
        } else {
            super.writeNumber(number);
        }
    }

    @Override
    public void writeNumber(BigDecimal number) throws IOException {
        double size = Math.abs(number.doubleValue());
        if (size >= SMALLEST && size < LARGEST) {
            super.writeNumber(number.toPlainString());
        } else {
            super.writeNumber(number);
        }
    }
}
