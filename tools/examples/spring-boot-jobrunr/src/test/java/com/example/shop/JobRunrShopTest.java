// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Invoices.Invoice;
import com.example.shop.Invoices.Order;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The program beside which the lines of the application with Jobyard are counted does the same. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:shop")
class JobRunrShopTest {

    @Autowired
    private Invoices invoices;

    @Test
    void anOrderBecomesAnInvoice() throws InterruptedException {
        UUID job = invoices.request(new Order(4711, "ann"));
        assertThat(invoices.request(new Order(4711, "ann"))).isEqualTo(job);
        assertThat(invoices.await(job)).isEqualTo(new Invoice("4711.pdf"));
    }
}
