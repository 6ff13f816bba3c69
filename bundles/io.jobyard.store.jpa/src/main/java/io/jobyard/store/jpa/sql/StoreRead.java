// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.SQLException;

/** Query of the database. */
public interface StoreRead<T> {

    T ask(Session session) throws SQLException;
}
