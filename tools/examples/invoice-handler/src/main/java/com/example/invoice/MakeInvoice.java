// SPDX-License-Identifier: Apache-2.0
package com.example.invoice;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedJobHandler;
import org.osgi.service.component.annotations.Component;

@Component
@HandlesJob("invoice")
public final class MakeInvoice implements TypedJobHandler<MakeInvoice.Order, MakeInvoice.Invoice> {

    public record Order(long number, String customer) {}

    public record Invoice(String file) {}

    @Override
    public Invoice handle(Order order, JobContext context) {
        return new Invoice(order.number() + ".pdf");
    }
}
