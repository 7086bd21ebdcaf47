/**
 * One HTTP exchange: a request in, a response or a failure out. {@link io.flaremail.http.HttpExchange} performs it over
 * pooled connections, within a {@link io.flaremail.http.Deadline}, and says how much of the request may have arrived. The only
 * package that uses HttpClient; it knows neither JSON nor mail.
 */
package io.flaremail.http;
