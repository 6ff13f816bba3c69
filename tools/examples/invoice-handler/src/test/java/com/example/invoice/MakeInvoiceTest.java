// SPDX-License-Identifier: Apache-2.0
package com.example.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.invoice.MakeInvoice.Invoice;
import com.example.invoice.MakeInvoice.Order;
import io.jobyard.api.handler.JobContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MakeInvoiceTest {

    @Test
    void anOrderBecomesAnInvoice() {
        JobContext unused = (JobContext) Proxy.newProxyInstance(
                JobContext.class.getClassLoader(), new Class<?>[] {JobContext.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("unexpected call of " + method);
                });
        assertThat(new MakeInvoice().handle(new Order(4711, "ann"), unused)).isEqualTo(new Invoice("4711.pdf"));
    }

    @Test
    void theBundleOffersTheJobType() throws IOException {
        assertThat(Files.readString(Path.of("target/classes/OSGI-INF/com.example.invoice.MakeInvoice.xml")))
                .contains(
                        "name=\"job.handles.job\" type=\"String\" value=\"invoice\"",
                        "io.jobyard.api.handler.TypedJobHandler");
    }
}
