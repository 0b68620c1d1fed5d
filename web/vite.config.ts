import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// Fixed names: the server knows its files (cmake/web.cmake), and an ETag tells browsers when one changed.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: process.env.WEB_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        entryFileNames: 'app.js',
        assetFileNames: (asset) => {
          const name = asset.names?.[0] ?? '';
          if (name.endsWith('.css')) return 'app.css';
          return name.replace('fira-sans-latin-', 'fira-sans-').replace('-normal', '');
        },
      },
    },
  },
});
