// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator may set in {@code io.jobyard.store}. */
@ObjectClassDefinition(
        name = "Jobyard store",
        description = "The database. url, user, password and pool.size take effect at the next start.")
@interface StoreConfiguration {

    @AttributeDefinition(name = "JDBC URL", description = "empty for embedded Derby in data/db", required = false)
    String url() default "";

    @AttributeDefinition(name = "User", required = false)
    String user() default "";

    @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD, required = false)
    String password() default "";

    @AttributeDefinition(name = "Pool size", description = "connections, 3 to 64", min = "3", max = "64")
    int pool_size() default StoreSettings.POOL_SIZE;

    @AttributeDefinition(
            name = "Lease (seconds)",
            description = "how long a silent host keeps its runs, 5 to 600 seconds",
            min = "5",
            max = "600")
    int lease_seconds() default StoreSettings.LEASE_SECONDS;
}
