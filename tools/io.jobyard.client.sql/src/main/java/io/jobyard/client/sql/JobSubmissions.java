// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client.sql;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.ValidationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Submits jobs in the transaction of a connection: they are there if it commits, and not if it does not.
 *
 * <pre>{@code
 * JobId id = JobSubmissions.in(connection).submit(JobSpecification.type("mail").payload(Map.of("to", "ann")).build());
 * }</pre>
 *
 * <p>A host checks each job when it takes it, after the commit. What it refuses stands in the table
 * {@code refused_submission}. For one thread at a time, as the connection is.
 */
public final class JobSubmissions {

    private static final String SCHEMA = "jobyard";

    private final Connection connection;
    private final String sql;

    private JobSubmissions(Connection connection, String schema) {
        this.connection = connection;
        sql = "SELECT \"" + schema.replace("\"", "\"\"") + "\".submit(?, CAST(? AS JSONB), CAST(? AS JSONB))";
    }

    /**
     * Submits to the host whose tables are in the schema {@code jobyard}.
     *
     * @param connection to the host's database; neither committed nor closed here
     * @return submissions in its transaction
     */
    public static JobSubmissions in(Connection connection) {
        return in(connection, SCHEMA);
    }

    /**
     * Submits to the host whose tables are in another schema.
     *
     * @param connection to the host's database; neither committed nor closed here
     * @param schema the schema's name
     * @return submissions in its transaction
     */
    public static JobSubmissions in(Connection connection, String schema) {
        return new JobSubmissions(connection, schema);
    }

    /**
     * Submits a job.
     *
     * @param specification what is asked for; it depends on others by their ids, those of earlier calls in the same
     *     transaction too
     * @return the id that the job will have; that of the job with the same key, if one of yours has not ended
     * @throws ValidationException if it has no payload, or a payload that is no JSON, or names of other specifications
     * @throws SQLException if the database refuses it; PostgreSQL then takes no more statements in the transaction
     */
    public JobId submit(JobSpecification specification) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, specification.type());
            call.setString(2, SpecificationJson.payload(specification));
            call.setString(3, SpecificationJson.options(specification));
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return new JobId(row.getObject(1, UUID.class));
            }
        }
    }
}
