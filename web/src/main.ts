import { mount } from 'svelte';
import '@kern-ux/native/dist/kern.min.css';
import './app.css';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
