// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.sql.SQLException;

/** Something to be read. */
interface Question<T> {

    T ask(Session session) throws SQLException;
}
