package com.example;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** A typical web application: it sends with the server's mail session, and depends on no mail provider. */
public class SendMail extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** {@code how} is static, transport or smtp; {@code to} is a list of addresses; {@code session} is a JNDI name. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .print(send(request.getParameter("session"), request.getParameter("how"), request.getParameter("to")));
    }

    private static String send(String name, String how, String to) {
        try {
            Session session = (Session) new InitialContext().lookup(name);
            send(message(session, to), session, how);
            return "sent";
        } catch (SendFailedException failed) {
            return "failed, sent " + Arrays.toString(failed.getValidSentAddresses()) + ", invalid "
                    + Arrays.toString(failed.getInvalidAddresses());
        } catch (MessagingException | NamingException | RuntimeException | LinkageError error) {
            return "error " + error;
        }
    }

    private static void send(MimeMessage message, Session session, String how) throws MessagingException {
        if (how.equals("static")) {
            Transport.send(message);
            return;
        }
        Transport transport = how.equals("smtp") ? session.getTransport("smtp") : session.getTransport();
        try {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        } finally {
            transport.close();
        }
    }

    private static MimeMessage message(Session session, String to) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("shop@example.com"));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(to));
        message.setSubject("Your order");
        message.setText("It is on its way.");
        message.saveChanges();
        return message;
    }
}
