// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the PID {@code io.jobyard.store}. */
@ObjectClassDefinition(name = "Jobyard store", description = "The database. A change takes effect at the next start.")
@interface StoreConfiguration {

    @AttributeDefinition(
            name = "url",
            description =
                    "JDBC URL of the database: jdbc:sqlite: for SQLite in data/sqlite of the instance, or the URL of a"
                            + " PostgreSQL database, for example jdbc:postgresql://db.example.com/jobs, of an SQLite file"
                            + " elsewhere, for example jdbc:sqlite:/disk/jobs.db?create=true, or of an embedded Derby database"
                            + " elsewhere, for example jdbc:derby:/disk/jobs;create=true. Default: an embedded Derby database"
                            + " in data/db of the instance.",
            required = false)
    String url() default "";

    @AttributeDefinition(name = "user", description = "Database user.", required = false)
    String user() default "";

    @AttributeDefinition(
            name = "password",
            description = "Password of the database user.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";

    @AttributeDefinition(
            name = "pool.size",
            description = "Number of connections that the host keeps.",
            min = "10",
            max = "64")
    int pool_size() default StoreSettings.POOL_SIZE;

    @AttributeDefinition(
            name = "lease.seconds",
            description =
                    "Seconds after which a host with PostgreSQL that does not renew its lease is considered dead, and its jobs are"
                            + " requeued. At least three times cancel.grace.seconds.",
            min = "5",
            max = "600")
    int lease_seconds() default StoreSettings.LEASE_SECONDS;

    @AttributeDefinition(
            name = "signals",
            description =
                    "Whether hosts with PostgreSQL notify each other, on connections that must be separate sessions. Use false"
                            + " with a proxy such as PgBouncer in transaction mode: then hosts poll ten times a second.")
    boolean signals() default true;
}
