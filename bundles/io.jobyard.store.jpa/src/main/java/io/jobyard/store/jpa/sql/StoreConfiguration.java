// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings in {@code io.jobyard.store}. */
@ObjectClassDefinition(name = "Jobyard store", description = "The database. A change takes effect at the next start.")
@interface StoreConfiguration {

    @AttributeDefinition(
            name = "url",
            description =
                    "JDBC URL of a PostgreSQL, such as jdbc:postgresql://db.example.com/jobs, or of an embedded Derby"
                            + " elsewhere, such as jdbc:derby:/disk/jobs;create=true; empty for the one in data/db of the"
                            + " instance. At the next start.",
            required = false)
    String url() default "";

    @AttributeDefinition(name = "user", description = "Who logs in there. At the next start.", required = false)
    String user() default "";

    @AttributeDefinition(
            name = "password",
            description = "With what. At the next start.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";

    @AttributeDefinition(
            name = "pool.size",
            description = "How many connections the host keeps. At the next start.",
            min = "10",
            max = "64")
    int pool_size() default StoreSettings.POOL_SIZE;

    @AttributeDefinition(
            name = "lease.seconds",
            description =
                    "Seconds for which a host on a PostgreSQL is taken to live without a renewal; what it runs goes back when they"
                            + " are over. At least three times cancel.grace.seconds. At the next start.",
            min = "5",
            max = "600")
    int lease_seconds() default StoreSettings.LEASE_SECONDS;

    @AttributeDefinition(
            name = "signals",
            description =
                    "Whether hosts on a PostgreSQL wake each other, on connections that must be sessions of their own. false where a"
                            + " proxy such as PgBouncer gives a session to each transaction only: then they look ten times a"
                            + " second. At the next start.")
    boolean signals() default true;
}
